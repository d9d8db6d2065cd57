"""Where the interfaces are offered that the document gives no name."""

PATHS = {
    number: f"/{number}"
    for number in ("4.1.1", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6", "16.1.4", "24.1.7")
}
