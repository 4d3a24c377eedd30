namespace Contrastive.Encoders;

/// <summary>The names of parameters in OpenAI's released models, which open_clip has too.</summary>
internal static class OpenAiNames
{
    private static readonly (string Own, string Released)[] Parts =
    [
        ("embeddings.class_embedding", "class_embedding"), ("embeddings.patch_embedding.", "conv1."), ("embeddings.position_embedding.weight", "positional_embedding"),
        ("embeddings.token_embedding.", "token_embedding."), ("pre_layrnorm.", "ln_pre."), ("post_layernorm.", "ln_post."), ("final_layer_norm.", "ln_final."),
        ("encoder.layers.", "transformer.resblocks."), (".layer_norm1.", ".ln_1."), (".layer_norm2.", ".ln_2."), (".mlp.fc1.", ".mlp.c_fc."),
        (".mlp.fc2.", ".mlp.c_proj."), (".self_attn.out_proj.", ".attn.out_proj."),
    ];

    /// <summary>Where a released file has a tensor of <see cref="ClipModel"/>'s.</summary>
    /// <param name="own">Its name here.</param>
    /// <param name="text">What stands before the names of the text tower: nothing, or <c>text.</c> in some of open_clip's files.</param>
    public static ReleasedTensor Of(string own, string text = "") => own switch
    {
        "scale.logit_scale" or "bias.logit_bias" => new(own.Split('.')[1]),
        "visual_projection.weight" => new("visual.proj", Transposed: true),
        "text_projection.weight" => new(text + "text_projection", Transposed: true),
        _ when own.StartsWith("vision_model.", StringComparison.Ordinal) => Tower("visual.", own["vision_model.".Length..]),
        _ => Tower(text, own["text_model.".Length..]),
    };

    private static ReleasedTensor Tower(string prefix, string own)
    {
        for (var third = 0; third < 3; third++)
        {
            var part = $".self_attn.{"qkv"[third]}_proj.";
            if (own.Contains(part, StringComparison.Ordinal))
                return new(prefix + Renamed(own.Replace(part, ".attn.in_proj_", StringComparison.Ordinal)), third);
        }

        return new(prefix + Renamed(own));
    }

    private static string Renamed(string own) =>
        Parts.Aggregate(own, (name, part) => part.Own[0] == '.' || name.StartsWith(part.Own, StringComparison.Ordinal) ? name.Replace(part.Own, part.Released, StringComparison.Ordinal) : name);
}
