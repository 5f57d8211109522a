"""What liaisons leave at practices, by version. Dates are ISO text; which was left where stands in the visits."""

from liaison.store.tables.base import record, texts

material = record(
    "material",
    *texts("material_id", "version_name", "title", "valid_from", required=True),
    *texts("kind", "service_line", "expires_on", "voided"),
)
