"""The addresses of the sign-in, by the names that allauth asks for. What is not listed here cannot be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from attune.doors.entrance.signing import (
    AddApp,
    AddPasskey,
    AskForCode,
    EnterCode,
    PasskeySignIn,
    RemovePasskey,
    Sessions,
    anybodys,
    mailed,
    own,
)

urlpatterns = [
    path("sign-in/", anybodys(account.LoginView, "sign_in"), name="account_login"),
    path("sign-in/code/", mailed(AskForCode, "code_ask"), name="account_request_login_code"),
    path("sign-in/code/enter/", mailed(EnterCode, "code_enter"), name="account_confirm_login_code"),
    path("sign-in/passkey/", anybodys(PasskeySignIn), name="mfa_login_webauthn"),
    path("sign-in/second/", anybodys(factors.AuthenticateView, "second"), name="mfa_authenticate"),
    path("account/", own(factors.IndexView, "account"), name="mfa_index"),
    path("account/password/", own(account.PasswordChangeView, "password"), name="account_change_password"),
    path("account/sessions/", own(Sessions, "sessions", clients=True), name="usersessions_list"),
    path("account/app/", own(AddApp, "app_add"), name="mfa_activate_totp"),
    path("account/app/remove/", own(app.DeactivateTOTPView, "app_remove"), name="mfa_deactivate_totp"),
    path("account/passkey/", own(AddPasskey, "passkey_add", clients=True), name="mfa_add_webauthn"),
    path(
        "account/passkey/<int:pk>/remove/",
        own(RemovePasskey, "passkey_remove", clients=True),
        name="mfa_remove_webauthn",
    ),
    path("account/codes/", own(codes.ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"),
    path("account/codes/new/", own(codes.GenerateRecoveryCodesView, "codes_new"), name="mfa_generate_recovery_codes"),
    path("account/again/", own(account.ReauthenticateView, "again"), name="account_reauthenticate"),
    path("account/again/code/", own(factors.ReauthenticateView, "again"), name="mfa_reauthenticate"),
    path(
        "account/again/passkey/", own(passkeys.ReauthenticateWebAuthnView, "again"), name="mfa_reauthenticate_webauthn"
    ),
]
