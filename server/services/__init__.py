"""One servicer a service of the contract: check the request, run the use case, convert the answer."""
