"""Tools that talk to the outside: mail transport, html cleaning, live-event hub, clock. No models."""
