"""What the directory is told when something is not right (RFC 7644, 3.12)."""


class ScimError(Exception):
    """`status` is HTTP's; `kind` is SCIM's word for it (`invalidFilter`, `uniqueness`…)."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind


def bad_value(detail: str) -> ScimError:
    return ScimError(400, detail, "invalidValue")


def bad_path(detail: str) -> ScimError:
    return ScimError(400, detail, "invalidPath")


def bad_filter(detail: str) -> ScimError:
    return ScimError(400, detail, "invalidFilter")


def not_found(what: str) -> ScimError:
    return ScimError(404, f"{what} not found")
