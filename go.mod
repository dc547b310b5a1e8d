module github.com/settled-go/settled

go 1.26
