"""The catalogue of materials as a CSV."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat


class Materials(RecordFormat):
    name = record = "materials"
    title = "Materials"
    fields = (
        Field("material_id", required=True, says="Your id for it; the same for all its versions."),
        Field("version_name", required=True, says="Which version, such as v3 or 2026."),
        Field("title", required=True, says="What it is called."),
        Field("valid_from", Kind.date, required=True, says="The first day on which this version is left.", ahead=True),
        Field("expires_on", Kind.date, says="The last day on which it may be used.", ahead=True),
        Field("kind", says="Brochure, referral form, card, ..."),
        Field("service_line", says="Which line it is about."),
        Field("voided", says="Why this version does not stand."),
    )
