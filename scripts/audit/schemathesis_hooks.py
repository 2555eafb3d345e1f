"""What schemathesis must know of this API: its scalars, and which errors are planned.

Its own check takes every error in an answer for a fault of the server. Ours are refusals with a code; so the check here is that
no answer has a status of 500 or more, an error without a code, an unknown code, or one that means a fault.
"""

import json
import string

import graphql
import schemathesis
from hypothesis import strategies as st
from hypothesis_graphql import nodes

PLANNED = {
    "SIGN_IN_REQUIRED",
    "STEP_UP_REQUIRED",
    "NOT_FOUND",
    "FORBIDDEN",
    "INVALID",
    "INVALID_ARGUMENT",
    "INVALID_DOCUMENT",
    "DOCUMENT_TOO_LARGE",
    "DOCUMENT_TOO_LONG",
    "DOCUMENT_TOO_DEEP",
    "TOO_MANY_ALIASES",
    "TOO_MANY_ROOT_FIELDS",
    "FRAGMENTS_TOO_LARGE",
    "VARIABLES_TOO_DEEP",
    "BODY_TOO_LARGE",
    "MALFORMED_JSON",
    "BAD_REQUEST",
    "BLOCKED",
}

schemathesis.graphql.scalar("DateTime", st.datetimes().map(lambda it: it.isoformat() + "Z").map(nodes.String))
FACT = st.sampled_from(["description", "status_update", "entity_name", "no_such_fact"])
VALUE = st.one_of(
    st.booleans().map(nodes.Boolean),
    st.integers(-(2**31), 2**31 - 1).map(nodes.Int),
    st.text(alphabet=string.printable, max_size=40).map(nodes.String),
)


def literal(fields):
    """An object as it stands in a document."""
    return nodes.Object([graphql.ObjectFieldNode(name=graphql.NameNode(value=name), value=value) for name, value in fields.items()])


schemathesis.graphql.scalar("JSON", st.one_of(VALUE, st.dictionaries(FACT, VALUE, max_size=3).map(literal)))


@schemathesis.check
def planned_errors_only(ctx, response, case):
    """No fault of the server, and no error that nobody planned."""
    assert response.status_code < 500, f"status {response.status_code}"
    for error in json.loads(response.content).get("errors") or []:
        code = error.get("extensions", {}).get("code")
        assert code in PLANNED, f"{code}: {error.get('message')}"
