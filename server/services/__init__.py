"""One servicer a service: check the request, run the use case, convert the answer."""
