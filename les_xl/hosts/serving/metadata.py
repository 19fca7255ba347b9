"""What Excel and the task pane know of the functions, made from the registry."""

import json

from les_xl.functions.registry import Function, Parameter, functions


def identifier(function: Function) -> str:
    """The id that joins metadata and code: letters, digits and full stops are all that Excel takes there."""
    return function.name.replace("_", ".")


def functions_json() -> dict[str, object]:
    """The metadata of the custom functions, as Microsoft's documentation of `functions.json` has it.

    Arguments are ranges, so that the reason why several cells cannot be meant is said by the function.
    """
    return {"allowErrorForDataTypeAny": True, "functions": [_function(each) for each in functions()]}


def _function(function: Function) -> dict[str, object]:
    spills = function.returns == "table"
    described: dict[str, object] = {
        "id": identifier(function),
        "name": function.name,
        "description": function.summary,
        "result": {"type": "any", "dimensionality": "matrix" if spills else "scalar"},
        "parameters": [_parameter(each) for each in function.parameters],
    }
    return {**described, "options": {"volatile": True}} if function.volatile else described


def _parameter(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "description": parameter.help,
        "type": "any",
        "dimensionality": "matrix",
        "optional": parameter.optional,
    }


def registration() -> str:
    """The end of the add-in's script: every function with its id, and what the task pane shows of it."""
    known = [
        {
            "id": identifier(each),
            "name": each.name,
            "syntax": each.syntax,
            "category": each.category,
            "summary": each.summary,
            "example": each.example,
        }
        for each in functions()
    ]
    return f"lesXl.register({json.dumps(known, ensure_ascii=True)});\n"
