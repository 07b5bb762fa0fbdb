"""Queries that combine the local graph with other services (SPARQL 1.1 Federated Query).

The engine never sees SERVICE: it would call any address by itself. Each clause is asked here, of a
service that is allowed by name, and its rows stand in its place as VALUES when the engine gets the
query. That is what the recommendation says a SERVICE means
(https://www.w3.org/TR/sparql11-federated-query/#fedSemantics).

* ``clauses``: where a SERVICE stands, and which local patterns its rows are joined with;
* ``asking``: one question to one service, within limits, its answer kept with its day;
* ``resolving``: a query with SERVICE to one without.
"""
