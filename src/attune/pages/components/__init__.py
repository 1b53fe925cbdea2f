"""The parts that pages are made of, as pure functions from texts to HTML in which everything given is escaped."""
