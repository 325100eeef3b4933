from .merger import Distinction, FormerAddress, Merger
from .organization import Alias, FieldOfWork, Organization
from .person import Contact, NetworkGroup, Person
from .proposal import EntryLink, Proposal
from .region import Region
from .search import Gram
from .territory import Territory

__all__ = [
    "Alias",
    "Contact",
    "Distinction",
    "EntryLink",
    "FieldOfWork",
    "FormerAddress",
    "Gram",
    "Merger",
    "NetworkGroup",
    "Organization",
    "Person",
    "Proposal",
    "Region",
    "Territory",
]
