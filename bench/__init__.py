"""What a check-in and a brief cost the server, beside a bare floor, in one run: `make bench`."""
