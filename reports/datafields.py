"""What each field of the open data says, in words for people: by its name in the standard."""

from django.utils.translation import gettext_lazy as _

ORGANIZATIONS = {
    "id": _("A number made from the address of the entry; it stays as long as that does."),
    "name": _("Name."),
    "alternate_name": _("Short, former and other names, parted by ；."),
    "description": _("Introduction; the fields of work where there is none."),
    "website": _("Website."),
    "year_incorporated": _("Year in which it was founded, also of those that are not registered."),
    "legal_status": _("Whether and how it is registered, in Chinese."),
    "uri": _("Address of its page in the directory, which leads on after a merger."),
    "organization_identifiers": _("Unified social credit code (CN-USCI). Only in JSON."),
    "locations": _("City or county of the seat, with its code by GB/T 2260. Only in JSON."),
    "contacts": _("Persons who agreed to be found by everybody. Only in JSON."),
    "attributes": _("Fields of work, type, kinds of other names, and the day of the last confirmation. Only in JSON."),
}
GRANTS = {
    "id": _("Our prefix and a number."),
    "title": _("What the grant was for; of a sum, for whom."),
    "description": _("Year and project."),
    "currency": _("CNY: yuan."),
    "amountAwarded": _("What was promised, in yuan, as the report prints it."),
    "awardDate": _("Only the report year is on record: its last day stands for it."),
    "recipientOrganization": _("CN-USCI and the unified social credit code, or our prefix and our own name for it."),
    "recipientIndividual": _("The sum of a year's grants to persons. Nobody is named."),
    "fundingOrganization": _("The hub that gives the money on."),
    "grantProgramme": _("The programme."),
    "dateModified": _("When the edition of the report was published."),
    "dataSource": _("The report itself."),
}
