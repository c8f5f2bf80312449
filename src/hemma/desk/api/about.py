"""The API in OpenAPI 3.0, made of the same words that the code reads."""

from typing import Any

from hemma.desk.models import Case

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_MOMENT = {"type": "string", "format": "date-time", "nullable": True}
_STATE = {"type": "string", "enum": list(Case.State.values)}


def _object(needed: list[str], **properties: Any) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "object", "properties": properties}
    return {**shape, "required": needed} if needed else shape


SCHEMAS: dict[str, Any] = {
    "Case": _object(
        ["number", "state"],
        number=_NUMBER, reference=_TEXT, subject=_TEXT, state=_STATE, channel=_TEXT,
        queue=_NUMBER, customer=_NUMBER, tags={"type": "array", "items": _TEXT},
        opened_at=_MOMENT, promised_at=_MOMENT, solved_at=_MOMENT,
        merged_into={**_NUMBER, "nullable": True},
    ),
    "NewCase": _object(
        ["queue", "subject", "text", "once"],
        queue=_NUMBER, subject=_TEXT, text=_TEXT, name=_TEXT, email=_TEXT, phone=_TEXT,
        language=_TEXT, once={"type": "string", "format": "uuid"},
    ),
    "CaseChange": _object([], state=_STATE, tags={"type": "array", "items": _TEXT}),
    "Message": _object(
        ["id", "direction", "text"],
        id=_NUMBER, direction=_TEXT, at=_MOMENT, from_name=_TEXT, from_address=_TEXT, text=_TEXT,
        files={"type": "array", "items": _object([], name=_TEXT, size=_NUMBER)},
    ),
    "NewMessage": _object(
        ["text", "once"],
        text=_TEXT, then={"type": "string", "enum": ["answered", "solved"]}, promised_at=_MOMENT,
        once={"type": "string", "format": "uuid"},
    ),
    "Customer": _object(
        ["id"], id=_NUMBER, name=_TEXT, email=_TEXT, language=_TEXT,
        addresses={"type": "array", "items": _object([], kind=_TEXT, value=_TEXT)},
    ),
    "CustomerChange": _object([], name=_TEXT, email=_TEXT, language=_TEXT),
    "Problem": _object(["title", "status"], title=_TEXT, status=_NUMBER, detail=_TEXT),
}  # fmt: skip


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return {"content": {kind: {"schema": schema}}}


def _answers(status: int, schema: dict[str, Any]) -> dict[str, Any]:
    problem = {"description": "What is not right", **_json(_ref("Problem"), _PROBLEM)}
    refusals = {str(one): problem for one in (400, 401, 403, 404, 405, 409, 413, 415, 422)}
    return {str(status): {"description": "Done", **_json(schema)}, **refusals}


_PROBLEM = "application/problem+json"


def _page(name: str) -> dict[str, Any]:
    rows = {"type": "array", "items": _ref(name)}
    return _object(["items"], items=rows, next={**_TEXT, "nullable": True})


def _asked(name: str, schema: dict[str, Any], place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


_PAGING = [_asked("after", _NUMBER), _asked("limit", _NUMBER)]


def _does(scope: str, status: int, schema: dict[str, Any], body: str = "") -> dict[str, Any]:
    sent = {"requestBody": {"required": True, **_json(_ref(body))}} if body else {}
    return {"summary": f"Scope {scope}", **sent, "responses": _answers(status, schema)}


def _paths() -> dict[str, Any]:
    number = {"parameters": [_asked("number", _NUMBER, "path")]}
    one = {"parameters": [_asked("customer_id", _NUMBER, "path")]}
    narrowed = [*_PAGING, _asked("state", _STATE), _asked("queue", _NUMBER)]
    return {
        "/cases": {
            "get": {**_does("cases:read", 200, _page("Case")), "parameters": narrowed},
            "post": _does("cases:write", 201, _ref("Case"), "NewCase"),
        },
        "/cases/{number}": {
            **number,
            "get": _does("cases:read", 200, _ref("Case")),
            "patch": _does("cases:write", 200, _ref("Case"), "CaseChange"),
        },
        "/cases/{number}/messages": {
            **number,
            "get": {**_does("messages:read", 200, _page("Message")), "parameters": _PAGING},
            "post": _does("messages:write", 201, _ref("Message"), "NewMessage"),
        },
        "/customers": {
            "get": {**_does("customers:read", 200, _page("Customer")), "parameters": _PAGING}
        },
        "/customers/{customer_id}": {
            **one,
            "get": _does("customers:read", 200, _ref("Customer")),
            "patch": _does("customers:write", 200, _ref("Customer"), "CustomerChange"),
        },
    }


def openapi(base: str) -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Hemma",
            "version": "1",
            "description": "Cases, messages and customers, as the maker of the key sees them.",
        },
        "servers": [{"url": base}],
        "security": [{"bearer": []}],
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": SCHEMAS,
        },
        "paths": _paths(),
    }
