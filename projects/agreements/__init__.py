"""The register of agreements: who agreed what with whom, from when until when."""
