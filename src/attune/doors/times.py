"""Where a session keeps when it began and when it was last pressed."""

BEGAN, SEEN = "attune.began", "attune.seen"
