"""What do we know, how fresh, how complete?"""

from liaison.ui.data import bring, definitions, head, imports, market, merges, quality, records, sections, setup, work
from liaison.ui.mail import told

head.show()
work.show()
match sections.section():
    case "set-up":
        setup.show()
        told.show()
        head.switch()
    case "bring":
        bring.show()
    case "imports":
        imports.show()
    case "quality":
        quality.show()
    case "merges":
        merges.show()
    case "records":
        records.show()
    case "market":
        market.show()
    case "definitions":
        definitions.show()
