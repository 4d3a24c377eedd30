using System.Text.Json;

namespace Contrastive.Data;

/// <summary>The objects of SQuAD's file.</summary>
internal static class SquadJson
{
    public static SquadArticle Article(ref Utf8JsonReader json)
    {
        string? title = null;
        List<SquadParagraph>? paragraphs = null;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("title"u8))
                title = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("paragraphs"u8))
                paragraphs = JsonFields.List(ref json, Paragraph);
            else
                json.Skip();
        }

        return new SquadArticle(JsonFields.Required(title, "title"), JsonFields.Required(paragraphs, "paragraphs"));
    }

    private static SquadParagraph Paragraph(ref Utf8JsonReader json)
    {
        string? text = null;
        List<SquadQuestion>? questions = null;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("context"u8))
                text = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("qas"u8))
                questions = JsonFields.List(ref json, Question);
            else
                json.Skip();
        }

        return new SquadParagraph(JsonFields.Required(text, "context"), JsonFields.Required(questions, "qas"));
    }

    private static SquadQuestion Question(ref Utf8JsonReader json)
    {
        string? id = null, text = null;
        List<SquadAnswer>? answers = null;
        var isImpossible = false;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("id"u8))
                id = JsonFields.Id(ref json);
            else if (json.ValueTextEquals("question"u8))
                text = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("answers"u8))
                answers = JsonFields.List(ref json, Answer);
            else if (json.ValueTextEquals("is_impossible"u8))
                isImpossible = JsonFields.Flag(ref json);
            else
                json.Skip();
        }

        return new SquadQuestion(JsonFields.Required(id, "id"), JsonFields.Required(text, "question"), answers ?? [], isImpossible);
    }

    private static SquadAnswer Answer(ref Utf8JsonReader json)
    {
        string? text = null;
        var start = -1.0;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("text"u8))
                text = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("answer_start"u8))
                start = JsonFields.Number(ref json) ?? start;
            else
                json.Skip();
        }

        return new SquadAnswer(JsonFields.Required(text, "text"), start is >= 0 and <= int.MaxValue ? (int)start : -1);
    }
}
