{{/*
A Job. Its name carries a hash of what it does: an upgrade that changes nothing runs nothing, another one makes another
Job, since a Job that is there can't be changed. (dict "root" $ "part" "database" "spec" TEXT "reads" TEXT), the last
what it finds in the cluster beside its configuration.
*/}}
{{- define "whirl.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "whirl.name" (list .root .part) }}-{{ printf "%s%s%s" .spec (include "whirl.jobConf" .root) (default "" .reads) | sha256sum | trunc 8 }}
  labels:
    {{- include "whirl.labels" (list .root .part) | nindent 4 }}
spec:
  backoffLimit: 20
  ttlSecondsAfterFinished: {{ .root.Values.jobs.keepSeconds }}
  template:
    metadata:
      labels:
        {{- include "whirl.podLabels" (list .root .part) | nindent 8 }}
    spec:
      restartPolicy: OnFailure
      {{- .spec | nindent 6 }}
{{- end -}}

{{/* What Jobs read beside their own description. */}}
{{- define "whirl.jobConf" -}}
{{- if include "whirl.hasCluster" . }}{{ include "whirl.conf.admin" . }}{{ end -}}
{{- end -}}
