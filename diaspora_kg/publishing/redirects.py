"""Redirect rules for w3id.org, which turns the IRIs of the project into addresses of pages."""

_RULES = """\
# Redirects of https://w3id.org/diaspora-kg/ (Apache mod_rewrite, as w3id.org runs them).
# HOME is where a release is served, with the program's web server or as plain files.
Options +FollowSymLinks
RewriteEngine on
SetEnvIf Request_URI ^.*$ HOME={home}

# a file of a release by its name, for ever under the number of its version
RewriteRule ^release/([0-9.]+)/(.*)$ %{{ENV:HOME}}/release/$1/$2 [R=302,L]

# the ontology, the concepts, the shapes: one document for all terms after the '#'
{negotiated}
# claims as nanopublications
RewriteRule ^np/(.*)$ %{{ENV:HOME}}/np/$1 [R=303,L]

# named graphs and the description of the data set
RewriteRule ^graph/?$ %{{ENV:HOME}}/dataset.ttl [R=303,L]
RewriteRule ^graph/(.*)$ %{{ENV:HOME}}/graph/$1 [R=303,L]

# error codes lead to the page that explains them
RewriteRule ^errors/?$ %{{ENV:HOME}}/errors.html [R=303,NE,L]

RewriteRule ^$ %{{ENV:HOME}}/ [R=303,L]
"""
_FORMS = (
    ("text/turtle", ".ttl"),
    ("application/ld\\+json", ".jsonld"),
    ("application/rdf\\+xml", ".rdf"),
)
_READ_ME = """\
# /diaspora-kg

Persistent identifiers of diaspora-kg: an ontology and a graph of claims with evidence on diaspora,
civil society, soft power, foreign policy and citizen diplomacy.

* Ontology: https://w3id.org/diaspora-kg/ontology
* Things, concepts, claims: https://w3id.org/diaspora-kg/id/…, …/concept/…
* Named graphs: https://w3id.org/diaspora-kg/graph/…
* Releases: https://w3id.org/diaspora-kg/release/VERSION/

To publish: replace the value of HOME in `.htaccess` by the address of your server, and propose the
folder to https://github.com/perma-id/w3id.org. Maintainers: diaspora-kg contributors.
"""
HOME = "https://example.org/diaspora-kg"
"""Stands for the server of whoever publishes a release; there is none that everybody shares."""


def redirect_rules(home: str = HOME) -> str:
    """Return the ``.htaccess`` for w3id.org; ``home`` is the address of the server behind it."""
    blocks = []
    for pattern in ("ontology/?", "shapes/?", "(id|concept)/(.*)"):
        target = "$1/$2" if pattern.startswith("(") else pattern.rstrip("/?")
        for media, suffix in _FORMS:
            blocks.append(f"RewriteCond %{{HTTP_ACCEPT}} {media}")
            blocks.append(f"RewriteRule ^{pattern}$ %{{ENV:HOME}}/{target}{suffix} [R=303,L]")
        blocks.append(f"RewriteRule ^{pattern}$ %{{ENV:HOME}}/{target}.html [R=303,L]")
        blocks.append("")
    return _RULES.format(home=home, negotiated="\n".join(blocks))


def redirect_read_me() -> str:
    """Return the page that w3id.org asks for beside the rules."""
    return _READ_ME
