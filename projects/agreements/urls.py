"""Addresses of the register of agreements."""

from django.urls import path, register_converter

from projects.agreements.views import amendments, drafting, moves, register


class AgreementNumber:
    """A number of the register, such as 2026-014."""

    regex = r"[0-9]{4}-[0-9]{3,6}"

    def to_python(self, value: str) -> str:
        """As it is stored."""
        return value

    def to_url(self, value: str) -> str:
        """As it is stored."""
        return value


register_converter(AgreementNumber, "agreement")

app_name = "agreements"
urlpatterns = [
    path("", register.agreement_list, name="list"),
    path("verify/", register.agreement_verify, name="verify"),
    path("create/", drafting.agreement_create, name="create"),
    path("<agreement:number>/", register.agreement_detail, name="detail"),
    path("<agreement:number>/text/", register.agreement_text, name="text"),
    path("<agreement:number>/edit/", drafting.agreement_edit, name="edit"),
    path(
        "<agreement:number>/documents/<int:pk>/remove/",
        drafting.document_remove,
        name="document-remove",
    ),
    path("<agreement:number>/copies/add/", drafting.copy_add, name="copy-add"),
    path("<agreement:number>/propose/", moves.agreement_propose, name="propose"),
    path("<agreement:number>/take-back/", moves.agreement_take_back, name="take-back"),
    path("<agreement:number>/cancel/", moves.agreement_cancel, name="cancel"),
    path("<agreement:number>/terminate/", moves.agreement_terminate, name="terminate"),
    path("<agreement:number>/renew/", moves.agreement_renew, name="renew"),
    path("<agreement:number>/parties/<int:pk>/sign/", moves.party_sign, name="party-sign"),
    path("<agreement:number>/parties/<int:pk>/decline/", moves.party_decline, name="party-decline"),
    path(
        "<agreement:number>/amendments/propose/",
        amendments.amendment_propose,
        name="amendment-propose",
    ),
    path(
        "<agreement:number>/amendments/<int:amendment>/text/",
        register.amendment_text,
        name="amendment-text",
    ),
    path(
        "<agreement:number>/amendments/<int:amendment>/agree/",
        amendments.amendment_agree,
        name="amendment-agree",
    ),
    path(
        "<agreement:number>/amendments/<int:amendment>/decline/",
        amendments.amendment_decline,
        name="amendment-decline",
    ),
    path(
        "<agreement:number>/amendments/<int:amendment>/withdraw/",
        amendments.amendment_withdraw,
        name="amendment-withdraw",
    ),
]
