"""The regional HIS behind one address: `hospital.interface.*` of several hospitals, answered as it documents them."""
