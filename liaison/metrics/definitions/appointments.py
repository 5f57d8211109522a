"""Whether patients are seen, by how long they wait for the appointment."""

from liaison.metrics.definitions.base import Metric

seen_by_wait = Metric(
    name="seen_by_wait",
    title="Seen, by days to the appointment",
    says="Of the appointments that have passed, the share at which, or after which, the patient was seen.",
    why="Long waits and missed appointments go together; which causes which these numbers cannot say.",
    source="docs/metrics.md, Funnel; interval: Wilson 1927",
    better="higher",
    rules=(
        "Referrals with a date of scheduling and a date of the appointment, which lies before their extract.",
        "Days run from the day of scheduling to the day of the appointment; a negative number is left out.",
        "Seen means a date on which the patient was seen, also where it came after a missed appointment.",
        "An association: patients who get late dates differ in line, payer and need from those who get early ones.",
    ),
)
