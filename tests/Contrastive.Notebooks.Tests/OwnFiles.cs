using SkiaSharp;

namespace Contrastive.Notebooks.Tests;

/// <summary>A reader's own data: twenty pictures in two classes, of several sizes; sentences; triplets.</summary>
internal static class OwnFiles
{
    /// <summary>Writes <c>pets/</c>, <c>tickets.txt</c> and <c>triplets.tsv</c>.</summary>
    public static void Write(string folder)
    {
        var random = new Random(1);
        foreach (var shape in new[] { "disk", "square" })
        {
            var classFolder = Directory.CreateDirectory(Path.Combine(folder, "pets", shape)).FullName;
            for (var i = 0; i < 10; i++)
                File.WriteAllBytes(Path.Combine(classFolder, $"{i}.png"), Picture(shape == "disk", random));
        }

        string[] things = ["printer", "screen", "invoice", "server", "password", "order"];
        string[] faults = ["is lost", "does not work", "is too slow", "needs an update", "shows an error"];
        var sentences = things.SelectMany(thing => faults.Select(fault => $"The {thing} {fault}.")).ToArray();
        File.WriteAllLines(Path.Combine(folder, "tickets.txt"), sentences);
        File.WriteAllLines(Path.Combine(folder, "triplets.tsv"), sentences.Select((sentence, i) =>
            $"{sentence}\t{sentence.Replace("The ", "My ", StringComparison.Ordinal)}\t{sentences[(i + 7) % sentences.Length]}"));
    }

    private static byte[] Picture(bool isDisk, Random random)
    {
        using var bitmap = new SKBitmap(random.Next(40, 80), random.Next(40, 80));
        SKColor Color() => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        bitmap.Erase(Color());
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = Color() };
        if (isDisk)
            canvas.DrawCircle(bitmap.Width / 2f, bitmap.Height / 2f, 14, paint);
        else
            canvas.DrawRect((bitmap.Width / 2f) - 12, (bitmap.Height / 2f) - 12, 24, 24, paint);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }
}
