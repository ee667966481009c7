"""Tables that come in, and records that go out as tables."""
