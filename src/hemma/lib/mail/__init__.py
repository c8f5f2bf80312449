"""Mail transport: reading what customers sent, building and sending answers, watching mailboxes."""
