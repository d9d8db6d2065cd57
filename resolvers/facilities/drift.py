"""Where a hospital's answers are not as documented: for those who work there."""

from connectors.records.drift import FieldDrift
from resolvers.access_control import access
from resolvers.access_control.scopes import Action, Resource
from resolvers.context import GraphInfo
from resolvers.facilities.hospitals import Hospital

_NEED = access.Need(Resource.CAPABILITY_STATEMENT, Action.READ)


def drift(root: Hospital, info: GraphInfo) -> list[FieldDrift] | None:
    """List what was seen since the start; None where the answers of the hospital's system are not compared.

    Raises Problem UNAUTHENTICATED or FORBIDDEN for all but staff of the hospital.
    """
    context = info.context
    context.access.require_hospital(_NEED, root.hospital_id)
    detector = context.loaders.connection(root.hospital_id).drift
    return None if detector is None else detector()
