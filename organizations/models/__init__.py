from .organization import Alias, FieldOfWork, Organization
from .person import Contact, NetworkGroup, Person
from .region import Region

__all__ = ["Alias", "Contact", "FieldOfWork", "NetworkGroup", "Organization", "Person", "Region"]
