{{/* The files of the Secret of identities that name users. */}}
{{- define "whirl.identityItems" -}}
- {key: whisk.system, path: whisk.system}
{{- if .Values.identities.guest }}
- {key: guest, path: guest}
{{- end }}
{{- end -}}

{{/* A key as OpenWhisk's: a uuid, and 64 letters and digits. */}}
{{- define "whirl.newKey" -}}
{{- printf "%s:%s" uuidv4 (randAlphaNum 64) -}}
{{- end -}}

{{/* The value of a Secret that is there already: (list $ "name" "key"), else nothing. */}}
{{- define "whirl.kept" -}}
{{- if (index . 0).Values.secrets.lookup -}}
{{- $secret := lookup "v1" "Secret" (index . 0).Release.Namespace (index . 1) -}}
{{- if and $secret (hasKey (default (dict) $secret.data) (index . 2)) -}}
{{- index $secret.data (index . 2) | b64dec -}}
{{- end -}}
{{- end -}}
{{- end -}}
