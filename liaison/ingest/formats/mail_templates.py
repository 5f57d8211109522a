"""Texts of follow-up mails as a CSV."""

from liaison.ingest.formats.base import Field
from liaison.ingest.formats.records import RecordFormat


class MailTemplates(RecordFormat):
    name = record = "mail_templates"
    title = "Mail templates"
    fields = (
        Field(
            "template_id", required=True, says="Your id; after-visit, done and meet take the place of those there are."
        ),
        Field("title", required=True, says="What it is called in the list."),
        Field("subject", required=True, says="One line; {contact}, {practice}, {liaison}, {visited_on}, {next_step}."),
        Field("body", required=True, says="The same words; a line whose word is not known is left out."),
        Field("voided", says="Why it is offered no more."),
    )
