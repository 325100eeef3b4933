"""Django's zh_Hans has no thousands separator; reports here print 1,462 and 53,100.00."""

DATE_FORMAT = "Y年n月j日"
DATETIME_FORMAT = "Y年n月j日 H:i"
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
