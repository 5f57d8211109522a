"""Goals of a year as a CSV."""

from liaison.ingest.formats.base import Field, Kind
from liaison.ingest.formats.records import RecordFormat
from liaison.vocabulary import GoalMeasure


class Goals(RecordFormat):
    name = record = "goals"
    title = "Goals"
    fields = (
        Field("year", required=True, says="Four digits."),
        Field("measure", Kind.choice, required=True, choices=tuple(GoalMeasure), says="What is counted."),
        Field("target", Kind.number, required=True, says="The number to be reached in the year."),
        Field("territory_id", says="For this territory only; blank: for all."),
        Field("service_line", says="For this line only, as its id or name; blank: for all. Not for visits."),
        Field("note"),
    )
