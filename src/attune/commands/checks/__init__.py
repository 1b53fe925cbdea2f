"""What `attune doctor` looks at, a subject a file. A check yields a sentence a fault: what is wrong, what to do now."""
