"""Our own kinds of import-linter contract, for what its built-in ones cannot say."""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class OwnDoorsContract(Contract):
    """A room's inner furniture is imported by the room itself and by the composition alone.

    `package` holds the rooms; `furniture` names modules that belong to their room;
    `composition` lists the modules under `package` that may reach into every room, `shared` the
    folders under it that are no rooms: whatever they hold is for everybody. `faces` names furniture
    of which others may import the package, but not the modules inside it; `kin` furniture that its
    like in another room may use (demo data stands on demo data).
    """

    type_name = "own_doors"

    package = fields.StringField()
    furniture = fields.SetField(subfield=fields.StringField())
    composition = fields.SetField(subfield=fields.StringField())
    shared = fields.SetField(subfield=fields.StringField())
    faces = fields.SetField(subfield=fields.StringField())
    kin = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Every direct import across rooms of a module that is furniture."""
        found = sorted(
            (importer, imported)
            for imported in graph.modules
            for importer in graph.find_modules_that_directly_import(imported)
            if self._is_intrusion(importer, imported)
        )
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} reaches into {imported}", bold=False)
        output.new_line()

    def _is_intrusion(self, importer: str, imported: str) -> bool:
        prefix = f"{self.package}."
        if not (importer.startswith(prefix) and imported.startswith(prefix)):
            return False
        room, *inside = imported.removeprefix(prefix).split(".")
        visitor, *beside = importer.removeprefix(prefix).split(".")
        own = self.furniture if len(inside) == 1 else {*self.furniture, *self.faces}  # type: ignore[misc]
        if not inside or inside[0] not in own:  # type: ignore[operator]
            return False
        # `demo` may be a few modules side by side: demo, demo_history.
        if inside[0] in self.kin and beside and beside[0].split("_")[0] == inside[0]:  # type: ignore[operator]
            return False
        return visitor not in {room, *self.composition} and room not in self.shared  # type: ignore[misc,operator]
