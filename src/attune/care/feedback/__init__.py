"""What clients ask for, in their own words."""
