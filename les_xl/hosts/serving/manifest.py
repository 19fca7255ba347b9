"""The add-in's manifest: what Excel reads once to know functions, ribbon tab and task pane."""

import uuid
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import les_xl
from les_xl.hosts.serving.settings import Settings


@dataclass(frozen=True)
class Button:
    """A button of the ribbon tab; `action` is a function of the add-in's script, or None for the pane."""

    id: str
    label: str
    tip: str
    icon: str
    action: str | None


BUTTONS = (
    Button(
        "Les.Refresh",
        "Refresh",
        "Fill this workbook's tables with the latest figures.",
        "refresh",
        "lesRefresh",
    ),
    Button(
        "Les.Check", "Check", "Check that the figures add up, and show what does not.", "check", "lesCheck"
    ),
    Button(
        "Les.Insert",
        "Insert function",
        "Choose a LES function and put it into the selected cell.",
        "insert",
        "lesInsert",
    ),
    Button("Les.Pane", "LES pane", "As-at month, sign-in, check results and links.", "pane", None),
)
_SIZES = (16, 32, 80)

_HEAD = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0"
  xmlns:ov="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="TaskPaneApp">
  <Id>{id}</Id>
  <Version>{version}</Version>
  <ProviderName>LES-XL</ProviderName>
  <DefaultLocale>en-GB</DefaultLocale>
  <DisplayName DefaultValue="LES-XL" />
  <Description DefaultValue="Local Enhanced Services figures in Excel: functions, refresh and checks." />
  <IconUrl DefaultValue={icon32} />
  <HighResolutionIconUrl DefaultValue={icon64} />
  <SupportUrl DefaultValue={support} />
  <AppDomains>
    <AppDomain>{address}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Workbook" />
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="1.1">
      <Set Name="SharedRuntime" MinVersion="1.1" />
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue={pane} />
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides"
    xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <Runtimes>
          <Runtime resid="Pane.Url" lifetime="long" />
        </Runtimes>
        <AllFormFactors>
          <ExtensionPoint xsi:type="CustomFunctions">
            <Script>
              <SourceLocation resid="Functions.Script.Url" />
            </Script>
            <Page>
              <SourceLocation resid="Pane.Url" />
            </Page>
            <Metadata>
              <SourceLocation resid="Functions.Metadata.Url" />
            </Metadata>
          </ExtensionPoint>
        </AllFormFactors>
        <DesktopFormFactor>
          <FunctionFile resid="Pane.Url" />
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <CustomTab id="Les.Tab">
              <Group id="Les.Group">
                <Label resid="Les.Group.Label" />
{icons}
{controls}
              </Group>
              <Label resid="Les.Tab.Label" />
            </CustomTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
{images}
      </bt:Images>
      <bt:Urls>
        <bt:Url id="Pane.Url" DefaultValue={pane} />
        <bt:Url id="Functions.Script.Url" DefaultValue={script} />
        <bt:Url id="Functions.Metadata.Url" DefaultValue={metadata} />
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Les.Tab.Label" DefaultValue="LES" />
        <bt:String id="Les.Group.Label" DefaultValue="Local Enhanced Services" />
{labels}
      </bt:ShortStrings>
      <bt:LongStrings>
{tips}
      </bt:LongStrings>
    </Resources>
{sign_in}  </VersionOverrides>
</OfficeApp>
"""
_SIGN_IN = """\
    <WebApplicationInfo>
      <Id>{client}</Id>
      <Resource>api://{host}/{client}</Resource>
      <Scopes>
        <Scope>openid</Scope>
        <Scope>profile</Scope>
      </Scopes>
    </WebApplicationInfo>
"""


def manifest(settings: Settings) -> str:
    """The manifest for the address of a server. No namespace: functions have their bare names in cells."""
    base = f"{settings.address}/excel"
    parts = {
        # Two servers (one on trial, one in use) are two add-ins to Excel; one server is always the same.
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, base)),
        "version": f"{les_xl.__version__}.0",
        "address": escape(settings.address),
        "icon32": quoteattr(f"{base}/pane/icons/les-32.png"),
        "icon64": quoteattr(f"{base}/pane/icons/les-64.png"),
        "support": quoteattr(f"{base}/pane/help.html"),
        "pane": quoteattr(f"{base}/pane/pane.html"),
        "script": quoteattr(f"{base}/functions.js"),
        "metadata": quoteattr(f"{base}/functions.json"),
        "icons": _icon("les", 16),
        "controls": "\n".join(_control(button) for button in BUTTONS),
        "images": "\n".join(_images(base)),
        "labels": "\n".join(_string(f"{button.id}.Label", button.label) for button in BUTTONS),
        "tips": "\n".join(_string(f"{button.id}.Tip", button.tip) for button in BUTTONS),
        "sign_in": _sign_in(settings),
    }
    return _HEAD.format(**parts)


def _sign_in(settings: Settings) -> str:
    if settings.client is None:
        return ""
    host = settings.address.partition("://")[2]
    return _SIGN_IN.format(client=escape(settings.client), host=escape(host))


def _control(button: Button) -> str:
    if button.action is None:
        kind = "ShowTaskpane"
        does = '<TaskpaneId>Les.Pane</TaskpaneId>\n                    <SourceLocation resid="Pane.Url" />'
    else:
        kind, does = "ExecuteFunction", f"<FunctionName>{button.action}</FunctionName>"
    return f"""\
                <Control xsi:type="Button" id="{button.id}">
                  <Label resid="{button.id}.Label" />
                  <Supertip>
                    <Title resid="{button.id}.Label" />
                    <Description resid="{button.id}.Tip" />
                  </Supertip>
{_icon(button.icon, 18)}
                  <Action xsi:type="{kind}">
                    {does}
                  </Action>
                </Control>"""


def _icon(name: str, indent: int) -> str:
    space = " " * indent
    sizes = "".join(f'{space}  <bt:Image size="{size}" resid="{name}.{size}" />\n' for size in _SIZES)
    return f"{space}<Icon>\n{sizes}{space}</Icon>"


def _images(base: str) -> list[str]:
    files = [(name, size) for name in ("les", *(button.icon for button in BUTTONS)) for size in _SIZES]
    urls = {f"{name}.{size}": quoteattr(f"{base}/pane/icons/{name}-{size}.png") for name, size in files}
    return [f'        <bt:Image id="{identifier}" DefaultValue={url} />' for identifier, url in urls.items()]


def _string(identifier: str, text: str) -> str:
    return f'        <bt:String id="{identifier}" DefaultValue={quoteattr(text)} />'
