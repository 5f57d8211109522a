"""How the figure was made and read, one click away."""

DEFINITION = """\
**Incremental referrals.** Referrals to us that visited practices sent beyond what practices of the same size, recent
path and market sent that were not visited: what came, less what was expected, added up from the month after the first
visit. The month of the visit is left out.

**Expected.** In each stretch of months since the visit a Poisson regression on a practice's path (all history, last
twelve and three months, first half of the year, size) over practices *still unvisited to its end*; each stands for
those like it that were visited meanwhile. Market and season come from months that no visit has touched.

**Interval.** From how much each practice weighs in the total, practices of one building or group together, wider
where few were visited (Student's t); no bootstrap.

**Covered.** Only practices of a size that unvisited ones have too are counted: between their 3rd and 97th percentile,
or with five of them beyond. The rest is drawn apart, in stripes: a model's word, in no total.

**Return.** Incremental referrals x share seen x contribution margin of each line, over the covered practices' share
of what the programme cost, by visits. Visits that are not measured stand in a line of their own.

**What if.** A regression of the months since the first visit on the visits before each of them tells what one visit
brings one to two, three to five and six to eight months later, held to the measured total; within the numbers of
visits that three months in a row held in the data.

**Refused.** Where practices grew already, or were chosen by what had just come, where too few are comparable, where
there are too few practices or months, there is no number, and the page says what would make one.

**Papers.** Waiting weighed by inverse probability of censoring: Robins and Finkelstein 2000 (Biometrics 56: 779-788).
Variance from influence: Huber 1967; Tsiatis 2006 (Semiparametric Theory and Missing Data). Parts held to the whole:
DerSimonian and Laird 1986 (Controlled Clinical Trials 7: 177-188). Other methods: Callaway and Sant'Anna 2021
(Journal of Econometrics 225: 200-230); Borusyak, Jaravel and Spiess 2024 (Review of Economic Studies 91: 3253-3285)."""
NOT_ALONE = "A chart of before and after has no comparison: what the market does, it takes for the programme's work."
ALONE = "Hollow: measured alone, before it was held to the whole. Each line's interval is at 95%."
