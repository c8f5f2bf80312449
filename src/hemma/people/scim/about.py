"""What the service says of itself: abilities, sorts of resources, and its OpenAPI description."""

from typing import Any

from hemma.people.scim.resources import CORE, GROUP, LIST, USER

MOST_RESULTS = 200
_CONFIG = f"{CORE}:ServiceProviderConfig"


def config() -> dict[str, Any]:
    """ServiceProviderConfig."""
    no = {"supported": False}
    return {
        "schemas": [_CONFIG],
        "patch": {"supported": True},
        "bulk": no | {"maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_RESULTS},
        "changePassword": no,
        "sort": no,
        "etag": no,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "A token made in Hemma",
            }
        ],
    }


def resource_types(base: str) -> list[dict[str, Any]]:
    """ResourceTypes."""
    return [
        {
            "schemas": [f"{CORE}:ResourceType"],
            "id": name,
            "name": name,
            "endpoint": f"/{name}s",
            "schema": schema,
            "meta": {"resourceType": "ResourceType", "location": f"{base}/ResourceTypes/{name}"},
        }
        for name, schema in (("User", USER), ("Group", GROUP))
    ]


def _attribute(name: str, kind: str = "string", **more: object) -> dict[str, Any]:
    return {
        "name": name, "type": kind, "multiValued": False, "required": False, "caseExact": False,
        "mutability": "readWrite", "returned": "default", "uniqueness": "none", **more,
    }  # fmt: skip


def schemas() -> list[dict[str, Any]]:
    """Schemas."""
    value, display = _attribute("value"), _attribute("display", mutability="readOnly")
    many = {"multiValued": True, "subAttributes": [value, _attribute("type")]}
    names = [_attribute(one) for one in ("formatted", "givenName", "familyName")]
    people = [
        _attribute("userName", required=True, uniqueness="server"),
        _attribute("displayName"),
        _attribute("name", "complex", subAttributes=names),
        _attribute("active", "boolean"),
        _attribute("emails", "complex", **many),
        _attribute("phoneNumbers", "complex", **many),
        _attribute("preferredLanguage"),
        _attribute(
            "groups", "complex", multiValued=True, mutability="readOnly",
            subAttributes=[value, display],
        ),
    ]  # fmt: skip
    teams = [
        _attribute("displayName", required=True, uniqueness="server"),
        _attribute("members", "complex", multiValued=True, subAttributes=[value, display]),
    ]
    return [
        {"id": schema, "name": name, "description": what, "attributes": attributes}
        for schema, name, what, attributes in (
            (USER, "User", "Somebody who works here", people),
            (GROUP, "Group", "A team", teams),
        )
    ]


def _answers(*codes: int) -> dict[str, Any]:
    kind = {"application/scim+json": {"schema": {"type": "object"}}}
    bodies = {
        str(code): {"description": "answer", "content": kind} for code in codes if code != 204
    }
    bodies |= {"204": {"description": "done"}} if 204 in codes else {}
    refused = {"description": "refused", "content": {"application/scim+json": {"schema": _ERROR}}}
    return bodies | {str(code): refused for code in (400, 401, 404, 405, 409, 413, 415)}


_ERROR = {
    "type": "object",
    "required": ["schemas", "status", "detail"],
    "properties": {
        "schemas": {"type": "array", "items": {"type": "string"}},
        "status": {"type": "string", "pattern": "^[45][0-9][0-9]$"},
        "detail": {"type": "string"},
        "scimType": {"type": "string"},
    },
}
_TEXT = {"type": "string"}
_VALUES = {"type": "array", "items": {"type": "object", "properties": {"value": _TEXT}}}
_BODIES: dict[str, dict[str, Any]] = {
    "User": {
        "type": "object",
        "required": ["userName"],
        "properties": {
            "userName": {"type": "string", "format": "email"},
            "displayName": _TEXT,
            "externalId": _TEXT,
            "active": {"type": "boolean"},
            "emails": _VALUES,
            "phoneNumbers": _VALUES,
            "preferredLanguage": _TEXT,
        },
    },
    "Group": {
        "type": "object",
        "required": ["displayName"],
        "properties": {"displayName": _TEXT, "externalId": _TEXT, "members": _VALUES},
    },
    "Patch": {
        "type": "object",
        "required": ["Operations"],
        "properties": {
            "Operations": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["op"],
                    "properties": {
                        "op": {"enum": ["add", "replace", "remove"]},
                        "path": _TEXT,
                        "value": {},
                    },
                },
            }
        },
    },
}


def _body(name: str) -> dict[str, Any]:
    content = {"application/scim+json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"required": True, "content": content}


def _parameter(name: str, schema: dict[str, Any], place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "schema": schema, "required": place == "path"}


def openapi(base: str) -> dict[str, Any]:
    """The service in OpenAPI 3.0."""
    number = {"type": "integer"}
    asked = [
        _parameter("filter", _TEXT), _parameter("startIndex", number), _parameter("count", number),
        _parameter("attributes", _TEXT), _parameter("excludedAttributes", _TEXT),
    ]  # fmt: skip
    paths: dict[str, Any] = {}
    for name in ("User", "Group"):
        paths[f"/{name}s"] = {
            "get": {"parameters": asked, "responses": _answers(200)},
            "post": {"requestBody": _body(name), "responses": _answers(201)},
        }
        paths[f"/{name}s/{{id}}"] = {
            "parameters": [_parameter("id", _TEXT, "path")],
            "get": {"parameters": asked[3:], "responses": _answers(200)},
            "put": {"requestBody": _body(name), "responses": _answers(200)},
            "patch": {"requestBody": _body("Patch"), "responses": _answers(200)},
            "delete": {"responses": _answers(204)},
        }
    for name in ("ServiceProviderConfig", "ResourceTypes", "Schemas"):
        paths[f"/{name}"] = {"get": {"responses": _answers(200)}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Hemma, SCIM 2.0", "version": "2.0"},
        "servers": [{"url": base}],
        "security": [{"bearer": []}],
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": _BODIES,
        },
        "paths": paths,
    }


def all_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A whole list as one page."""
    return {
        "schemas": [LIST],
        "totalResults": len(rows),
        "startIndex": 1,
        "itemsPerPage": len(rows),
        "Resources": rows,
    }
