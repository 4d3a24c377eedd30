using System.Text.Json;

namespace Contrastive.Data;

/// <summary>The objects of DPR's training data.</summary>
internal static class DprJson
{
    public static DprQuestion Question(ref Utf8JsonReader json)
    {
        string? question = null;
        IReadOnlyList<string> answers = [];
        List<DprPassage> positives = [], negatives = [], hardNegatives = [];
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("question"u8))
                question = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("answers"u8))
                answers = JsonFields.Texts(ref json);
            else if (json.ValueTextEquals("positive_ctxs"u8))
                positives = JsonFields.List(ref json, Passage);
            else if (json.ValueTextEquals("negative_ctxs"u8))
                negatives = JsonFields.List(ref json, Passage);
            else if (json.ValueTextEquals("hard_negative_ctxs"u8))
                hardNegatives = JsonFields.List(ref json, Passage);
            else
                json.Skip();
        }

        return new DprQuestion(JsonFields.Required(question, "question"), answers) { Positives = positives, Negatives = negatives, HardNegatives = hardNegatives };
    }

    public static void Write(Utf8JsonWriter json, DprQuestion question)
    {
        json.WriteStartObject();
        json.WriteString("question"u8, question.Question);
        json.WriteStartArray("answers"u8);
        foreach (var answer in question.Answers)
            json.WriteStringValue(answer);
        json.WriteEndArray();
        Write(json, "positive_ctxs", question.Positives);
        Write(json, "negative_ctxs", question.Negatives);
        Write(json, "hard_negative_ctxs", question.HardNegatives);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<DprPassage> passages)
    {
        json.WriteStartArray(name);
        foreach (var passage in passages)
        {
            json.WriteStartObject();
            json.WriteString("title"u8, passage.Title);
            json.WriteString("text"u8, passage.Text);
            if (passage.Score is { } score)
                json.WriteNumber("score"u8, score);
            if (passage.TitleScore is { } titleScore)
                json.WriteNumber("title_score"u8, titleScore);
            if (passage.Id is not null)
                json.WriteString("passage_id"u8, passage.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static DprPassage Passage(ref Utf8JsonReader json)
    {
        string? title = null, text = null, id = null;
        double? score = null, titleScore = null;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("title"u8))
                title = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("text"u8))
                text = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("passage_id"u8) || json.ValueTextEquals("psg_id"u8))
                id = JsonFields.Id(ref json);
            else if (json.ValueTextEquals("score"u8))
                score = JsonFields.Number(ref json);
            else if (json.ValueTextEquals("title_score"u8))
                titleScore = JsonFields.Number(ref json);
            else
                json.Skip();
        }

        return new DprPassage(title ?? "", JsonFields.Required(text, "text")) { Id = id, Score = score, TitleScore = titleScore };
    }
}
