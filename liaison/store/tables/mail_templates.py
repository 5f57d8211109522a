"""Texts of mails that people send to practices from their own mail program."""

from liaison.store.tables.base import record, texts

mail_template = record(
    "mail_template", *texts("template_id", "title", "subject", "body", required=True), *texts("voided")
)
