{{/* The files of the Secret of identities that name users. */}}
{{- define "whirl.identityItems" -}}
- {key: whisk.system, path: whisk.system}
{{- if .Values.identities.guest }}
- {key: guest, path: guest}
{{- end }}
{{- end -}}

{{/*
The one whom the chart made once and whom nobody wants any more: with that key it is deleted. With the one that everybody
knows, too, which is in no Secret when the quickstart is over: `whirl admin` sees to that.
*/}}
{{- define "whirl.withdrawnVolume" -}}
- name: withdrawn
  secret:
    secretName: {{ include "whirl.identitiesSecret" . }}
    optional: true
    items: [{key: guest, path: guest}]
{{- end -}}

{{/* How users are made, and taken away: the words after `whirl admin --config=...`. */}}
{{- define "whirl.seedWords" -}}
[user, seed, /etc/whirl-identities{{ if not .Values.identities.guest }}, --withdraw=/etc/whirl-withdrawn{{ end }}]
{{- end -}}

{{/*
The keys of the users that the chart makes, as JSON by their names: those that an earlier installation made, else new
ones. They are made once for all templates of a rendering. What everybody knows does not outlive a quickstart.
*/}}
{{- define "whirl.madeKeys" -}}
{{- if not (hasKey .Values "madeKeys") -}}
{{- $known := dict "whisk.system" "789c46b1-71f6-4ed5-8c54-816aa4f8c502:abczO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP" "guest" "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP" -}}
{{- $root := . -}}
{{- $keys := dict -}}
{{- range $user, $key := $known -}}
{{- $kept := include "whirl.kept" (list $root (include "whirl.name" (list $root "identities")) $user) -}}
{{- $kept = ternary "" $kept (eq $kept $key) -}}
{{- $_ := set $keys $user (ternary $key (default (include "whirl.newKey" $root) $kept) $root.Values.quickstart) -}}
{{- end -}}
{{- $_ := set .Values "madeKeys" $keys -}}
{{- end -}}
{{- toJson .Values.madeKeys -}}
{{- end -}}

{{/* What tells one set of keys of the users from another, as far as it can be seen. */}}
{{- define "whirl.identitiesState" -}}
{{- $given := .Values.identities.existingSecret -}}
{{- if not $given -}}
{{- include "whirl.madeKeys" . -}}
{{- else if .Values.secrets.lookup -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace $given -}}
{{- if $secret }}{{ toJson (default (dict) $secret.data) }}{{ end -}}
{{- end -}}
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
