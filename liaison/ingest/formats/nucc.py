"""The NUCC taxonomy of provider specialties, which a user brings: its text is licensed."""

from liaison.ingest.formats.base import Field, Format, Target


class Nucc(Format):
    """The CSV as NUCC publishes it, twice a year."""

    name = "nucc"
    title = "NUCC taxonomy"
    target = Target.taxonomy
    fields = (
        Field("code", required=True, headers=("Code",), says="Ten characters, the last an X."),
        Field("grouping", headers=("Grouping", "Type"), says="The widest class; older files call it Type."),
        Field("classification", headers=("Classification",)),
        Field("specialization", headers=("Specialization",), says="Blank for a general code."),
        Field("display", headers=("Display Name",), says="The name to show; not in older files."),
        Field("definition", headers=("Definition",), says="Not kept."),
        Field("notes", headers=("Notes",), says="Not kept."),
        Field("section", headers=("Section",), says="Not kept."),
    )
