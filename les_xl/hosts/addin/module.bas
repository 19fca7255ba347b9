Attribute VB_Name = "@MODULE@"
Option Explicit
' LES-XL @VERSION@: the LES functions and the LES tab. Made by "les-xl addin build": change nothing here.
'
' Only the LES_ functions can be called from a cell. What starts Python or gives it a command is Private or takes
' no text, so that no formula of a workbook that somebody sent can run anything.
'
' XLPy and PythonCommand are shortened from the module "xlwings" of xlwings @XLWINGS@, and the LES_ functions are
' written by its generator:
'
@LICENCE@
#Const App = "Microsoft Excel"

#If Mac Then
#ElseIf Win64 Then
    Private Const LIBRARY As String = "xlwings64-@XLWINGS@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS@.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
    Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr
#Else
    Private Const LIBRARY As String = "xlwings32-@XLWINGS@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
    Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr
#End If

Private Const AGAIN As String = "In the folder that holds specs, run: les-xl addin install"
Private python As String

' Excel's Python process, started with the first call.
Private Function XLPy()
#If Mac Then
    Err.Raise 1000, "LES-XL", "The LES functions of this add-in need Excel on Windows"
#Else
    If python = "" Then LoadPython
    If 0 <> XLPyDLLActivateAuto(XLPy, PythonCommand(python), 1) Then Err.Raise 1000, "LES-XL", XLPy
#End If
End Function

#If Not Mac Then
Private Sub LoadPython()
    Dim found As String, folder As String
    found = Setting("INTERPRETER_WIN")
    If found = "" Then Err.Raise 1000, "LES-XL", "LES-XL is not set up for this user. " & AGAIN
    If Dir$(found) = "" Then Err.Raise 1000, "LES-XL", "There is no " & found & ". " & AGAIN
    folder = ParentFolder(found)
    If LoadLibrary(folder & "\" & LIBRARY) = 0 Then
        If LoadLibrary(ParentFolder(folder) & "\" & LIBRARY) = 0 Then
            Err.Raise 1000, "LES-XL", LIBRARY & " is not in " & folder & ". " & AGAIN
        End If
    End If
    python = found
End Sub
#End If

' The whole path of cmd.exe, and -P: a file beside a workbook must not stand in for either of the programs or for
' a module of Python.
Private Function PythonCommand(ByVal interpreter As String) As String
    PythonCommand = Environ$("ComSpec") & "  /K """"" & interpreter & """ -B -P -c """ & _
        "import les_xl.hosts.resident as les;les.serve('$(CLSID)')"""""
End Function

Private Function Setting(ByVal key As String) As String
    Dim path As String, channel As Integer, found As String, value As String
    path = Environ$("APPDATA") & "\LES-XL\les-xl.conf"
    If Dir$(path) = "" Then Exit Function
    channel = FreeFile
    Open path For Input As #channel
    Do While Not EOF(channel)
        Input #channel, found, value
        If found = key Then Setting = value
    Loop
    Close #channel
End Function

Private Function ParentFolder(ByVal path As String) As String
    ParentFolder = Left$(path, InStrRev(path, "\") - 1)
End Function

' Python cannot hand over an error value, so it hands over its text.
Private Function LesAnswer(ByVal answer As Variant) As Variant
    LesAnswer = answer
    If VarType(answer) <> vbString Then Exit Function
    If Left$(answer, 1) <> "#" Then Exit Function
    Select Case answer
@ERRORS@
    End Select
End Function

Private Sub RunMacro(ByVal macro As String, ByVal needsBook As Boolean)
    If needsBook And ActiveWorkbook Is Nothing Then
        MsgBox "Open a workbook first.", vbExclamation, "LES-XL"
        Exit Sub
    End If
    On Error GoTo failed
    XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    XLPy.Exec "import les_xl.hosts.macros; les_xl.hosts.macros." & macro & "()"
    Exit Sub
failed:
    MsgBox Err.Description, vbExclamation, "LES-XL"
End Sub

@RIBBON@
' What Insert Function says of each function. Excel forgets it when it closes, and refuses it for a hidden workbook.
Public Sub LesDescribe()
    Dim wasAddin As Boolean
    On Error Resume Next
    wasAddin = ThisWorkbook.IsAddin
    If wasAddin Then
        Application.ScreenUpdating = False
        ThisWorkbook.IsAddin = False
    End If
@DESCRIPTIONS@
    If wasAddin Then
        ThisWorkbook.IsAddin = True
        Application.ScreenUpdating = True
    End If
    ThisWorkbook.Saved = True
End Sub

Private Sub Describe(ByVal name As String, ByVal summary As String, ByVal arguments As Variant)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=summary, _
        Category:="@CATEGORY@", ArgumentDescriptions:=arguments
End Sub

