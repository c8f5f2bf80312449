"""SCIM 2.0 (RFC 7643, 7644): the company's own directory says who comes, who leaves and who is where."""
