"""Addresses of services and what the environment says of them."""

import os
from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.services.addresses import read_address


class TestRefused:
    """Addresses that cannot be used as they are."""

    @pytest.mark.parametrize(
        "url",
        ["", "kg.example.org/sparql", "ftp://kg.example.org/", "https://", "http://host:99999/"],
    )
    def test_what_is_no_address_of_a_service(self, url: str) -> None:
        """An address begins with http or https and names a host."""
        with pytest.raises(DiasporaKGError) as caught:
            read_address(url, {})

        assert caught.value.code == "DKG633"

    def test_a_password_in_the_address(self) -> None:
        """It would stand in histories and lists of processes; the message does not repeat it."""
        with pytest.raises(DiasporaKGError) as caught:
            read_address("https://anna:secret@kg.example.org/sparql", {})

        assert caught.value.code == "DKG633"
        assert "secret" not in caught.value.message + caught.value.hint

    def test_a_password_for_everybody_to_read(self) -> None:
        """Without encryption a password stays on this machine."""
        with pytest.raises(DiasporaKGError) as caught:
            read_address("http://kg.example.org/sparql", {"DIASPORA_KG_ENDPOINT_TOKEN": "abc"})

        assert caught.value.code == "DKG633"

    @pytest.mark.parametrize("seconds", ["soon", "0", "-1", "inf", "nan"])
    def test_a_time_that_is_none(self, seconds: str) -> None:
        """A limit of time is a number of seconds."""
        with pytest.raises(DiasporaKGError):
            read_address("http://localhost/", {"DIASPORA_KG_ENDPOINT_TIMEOUT": seconds})

    def test_a_token_with_a_line_break(self) -> None:
        """Nothing gets into a request that is no token."""
        with pytest.raises(DiasporaKGError):
            read_address("http://localhost/", {"DIASPORA_KG_ENDPOINT_TOKEN": "a\r\nHost: b"})


class TestCredentials:
    """Where credentials come from."""

    @pytest.mark.skipif(os.name == "nt", reason="netrc is looked for by other rules")
    def test_netrc_is_read(self, tmp_path: Path) -> None:
        """What netrc knows of the host is used when the environment names nobody."""
        file = tmp_path / "netrc"
        file.write_text("machine kg.example.org login anna password secret\n", "utf-8")
        file.chmod(0o600)

        address = read_address("https://kg.example.org/sparql", {"NETRC": str(file)})

        assert address.authorization == "Basic YW5uYTpzZWNyZXQ="

    def test_nobody_asks_without_credentials(self) -> None:
        """Without any, nothing is sent."""
        assert read_address("http://localhost/", {"NETRC": os.devnull}).authorization == ""
