import os

from owner_profiles import AuthenticatedClient
from owner_profiles.api.owners import explain_owner_profiles, get_owner_profiles

client = AuthenticatedClient(
    base_url=os.environ["OWNER_PROFILES_URL"],
    token=os.environ["OWNER_PROFILES_API_KEY"],
    auth_header_name="X-Api-Key",
    prefix="",
)
found = get_owner_profiles.sync(client=client, owner_external_id="anna-pl")
assert "pet-owner" in found.profiles, found
explained = explain_owner_profiles.sync(client=client, owner_external_id="anna-pl")
assert explained.explanations[0].conditions, explained
