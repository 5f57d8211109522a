"""Words from which invented names are put together. Surnames are syllables, so that they are nobody's in particular."""

GIVEN = (
    "Ada Alma Amos Anya Asa Bea Bram Cleo Cora Dara Dell Edda Eli Enid Esme Ezra Faye Finn Gia Gus Hale Hana Hugo Ida "
    "Ines Iris Ivo Jade Joss Juno Kai Kira Lena Leo Lila Lou Mara Maya Milo Mina Nell Nico Nola Odette Opal Otis Paz "
    "Perry Quill Rafe Rhea Rosa Rue Sage Silas Sol Tess Theo Una Vera Wes Willa Wren Xan Yara Zeb Zora"
).split()
SURNAME_STARTS = (
    "Amber Ash Balder Birch Bracken Brindle Calder Corn Dapple Dray Elder Ember Fallow Fen Garrow Gorse Hallow Hart "
    "Hollin Ivers Juni Kessel Lark Linden Marl Merri Moss Nettle Oaken Orrin Pell Quarl Rams Rowan Sedge Sorrel Talla "
    "Thistle Thorn Umber Vale Wick Willow Yarrow Yew"
).split()
SURNAME_ENDS = (
    "beck by combe croft dale feld gate ham hollow hurst leigh low mere more ridge shaw stead ton wick worth".split()
)

PLACE_STARTS = (
    "Acorn Amber Anvil Aster Badger Barley Bellwether Bittern Bluestem Bobwhite Bracken Bramble Brindle Buckeye "
    "Candlewick Catbird Chestnut Chinquapin Cinder Clover Copper Cricket Dogwood Dovetail Drover Ember Fennel Fern "
    "Fiddlehead Flint Foxglove Galax Ginseng Goldfinch Gooseberry Hickory Hollow Honeybee Hornbeam Indigo Ironwood "
    "Juniper Kestrel Lantern Larkspur Lichen Locust Mallow Millstone Moonseed Mulberry Nightjar Nutmeg Otter Partridge "
    "Pawpaw Pepperbush Persimmon Pewter Plover Quail Quartz Redbud Rhubarb Sassafras Serviceberry Silverbell Sorghum "
    "Sourwood Speckled Spicebush Sumac Tamarack Thimble Trillium Turnstone Umbrella Vireo Walnut"
).split()
PLACE_ENDS = (
    "Creek Ridge Fork Gap Hollow Cove Branch Knob Run Bend Falls Meadow Spring Crossing Bluff Orchard Hill Bottom"
).split()
STREETS = (
    "Lantern Lane|Mill Bend Road|Old Depot Street|Orchard Row|Quarry Road|Sawtooth Avenue|Schoolhouse Road|"
    "Sycamore Court|Tanner Street|Turnpike Spur|Weaver Row|Wheelwright Way"
).split("|")

# What a practice calls itself, by its type: at least four a type, so that no two at one place share a name.
KINDS = {
    "Family medicine": ("Family Medicine", "Family Practice", "Family Care", "Family Health"),
    "Internal medicine": ("Internal Medicine", "Internists", "Adult Medicine", "Medical Associates"),
    "Pediatrics": ("Pediatrics", "Children's Clinic", "Kids and Teens", "Pediatric Partners"),
    "Women's health": ("Women's Health", "Women's Care", "Women's Clinic", "Midwifery and Gynecology"),
    "Urgent care": ("Urgent Care", "Walk-in Clinic", "Express Care", "Same Day Care"),
    "Community health centre": ("Community Health", "Community Clinic", "Neighborhood Health", "Open Door Clinic"),
    "Specialty group": ("Specialists", "Specialty Clinic", "Specialty Associates", "Consultants"),
}

JOBS = ("Referral coordinator", "Practice manager", "Front desk lead", "Nurse lead")
PARKING = (
    "Behind the building",
    "Street, one hour",
    "Shared with the pharmacy",
    "Deck on level 2, bring the ticket",
    "",
)
HOURS = (
    "Mo-Fr 08:00-12:00;13:00-17:00",
    "Mo-Th 08:00-17:00;Fr 08:00-12:00",
    "Mo-Fr 07:30-12:00;13:00-16:30",
    "Mo-Fr 09:00-17:00",
    "Mo-Tu 08:00-12:30;13:30-17:00;Th-Fr 08:30-17:00",
)
OUTCOMES = ("Met the physician", "Met the manager", "Met the coordinator", "Left material", "Physician not in")
ASKS = (
    "Try our neurology for the next new patient",
    "Send orthopaedics through direct scheduling",
    "Name a coordinator for referrals",
    "Tell us when a report is late",
    "",
)
STEPS = (
    "Send the direct line card",
    "Bring the specialist along",
    "Report on the open referral",
    "Call in two weeks",
    "",
)
NOTES = (
    "Likes a call before noon.",
    "Asked how long the first appointment takes.",
    "Reports come late, they said, and by fax.",
    "Two new clinicians expected this autumn.",
    "",
    "",
)
